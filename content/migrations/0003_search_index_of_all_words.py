"""On PostgreSQL: an index of what a search asks for, the words of title and text together.

Wagtail brings one index for each; without one for both a search reads every entry, and the planner
guesses that a single one fits.
"""

from django.db import migrations

MAKE = [
    "CREATE INDEX IF NOT EXISTS content_search_words"
    " ON wagtailsearch_indexentry USING gin ((title || body))",
    "ANALYZE wagtailsearch_indexentry",
]


def make(apps, schema_editor):
    """The index, and the numbers from which the planner sees what fits."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in MAKE:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0002_search_without_accents"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
