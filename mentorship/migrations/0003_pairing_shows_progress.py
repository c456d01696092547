from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mentorship', '0002_pairing_signs'),
    ]

    operations = [
        migrations.AddField(
            model_name='pairing',
            name='shows_progress',
            field=models.BooleanField(blank=True, null=True),
        ),
    ]
