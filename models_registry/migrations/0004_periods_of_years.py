from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('models_registry', '0003_keep_years')]

    operations = [
        migrations.RemoveField(model_name='registration', name='periods'),
        migrations.AddField(
            model_name='registration',
            name='periods',
            field=models.ManyToManyField(related_name='registrations', through='models_registry.ModelYear', to='periods.period', verbose_name='đăng ký cho năm'),
        ),
    ]
