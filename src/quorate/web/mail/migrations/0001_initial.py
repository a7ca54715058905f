"""The tables of the mail, as Django makes them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="QueuedLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message_id", models.CharField(max_length=80, unique=True)),
                ("to", models.CharField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("about", models.CharField(db_index=True, max_length=64)),
                ("urgent", models.BooleanField()),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("tries", models.IntegerField(default=0)),
                ("why", models.CharField(default="", max_length=200)),
                ("due_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["state", "due_at"], name="letters_due")],
            },
        ),
    ]
