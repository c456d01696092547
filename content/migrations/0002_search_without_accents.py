"""On PostgreSQL: search words as they stand, in any language, with or without their accents."""

from django.db import migrations

IS_THERE = "SELECT 1 FROM pg_available_extensions WHERE name = 'unaccent'"
MADE = "SELECT 1 FROM pg_ts_config WHERE cfgname = 'weft'"
WORDS = "hword, hword_part, word"


def make(apps, schema_editor):
    """A search configuration without stop words and stems: the site speaks many languages."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(MADE)
        if cursor.fetchone():
            return
        cursor.execute("CREATE TEXT SEARCH CONFIGURATION weft (COPY = simple)")
        cursor.execute(IS_THERE)
        if cursor.fetchone():
            cursor.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
            cursor.execute(
                f"ALTER TEXT SEARCH CONFIGURATION weft ALTER MAPPING FOR {WORDS} WITH unaccent, simple"
            )


class Migration(migrations.Migration):
    dependencies = [("content", "0001_pages_topics_images")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
