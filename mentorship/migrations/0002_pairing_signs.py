from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mentorship', '0001_programmes_mentors_pairings'),
    ]

    operations = [
        migrations.AddField(
            model_name='pairing',
            name='mentee_sign_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='pairing',
            name='mentor_sign_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
