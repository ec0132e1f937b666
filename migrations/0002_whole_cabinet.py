from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from app.accounts.joining import ConsentKind, Purpose, RegistrationState
from app.orders.words import index_all
from app.tickets.models import TicketState, Topic
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index
from app.accounts.logins import login_look


async def fill_looks(apps, editor):
    """People from before have looks too; of two who look alike the second keeps none, and signs in as before."""
    _, people = await editor.client.execute_query("SELECT id, login FROM person ORDER BY id")
    taken = {}
    for person in people:
        taken.setdefault(login_look(person["login"]), person["id"])
    for look, person in taken.items():
        # Looks are letters, digits and dots of any alphabet; a quote is doubled all the same.
        quoted = look.replace("'", "''")
        await editor.client.execute_query(f"UPDATE person SET login_look = '{quoted}' WHERE id = {int(person)}")


class Migration(migrations.Migration):
    dependencies = [('models', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Attachment',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('comment', fields.ForeignKeyField('models.Comment', source_field='comment_id', db_index=True, db_constraint=True, to_field='id', related_name='attachments', on_delete=OnDelete.RESTRICT)),
                ('name', fields.CharField(max_length=150)),
                ('kind', fields.CharField(max_length=10)),
                ('size', fields.IntField()),
                ('stored', fields.CharField(unique=True, max_length=64)),
            ],
            options={'table': 'attachment', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A file that came with a comment. It lies under a random name; `name` is what it is downloaded as.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Consent',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_index=True, db_constraint=True, to_field='id', related_name='consents', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharEnumField(description='PERSONAL_DATA: personal_data\nPROMO: promo', enum_type=ConsentKind, max_length=20)),
                ('version', fields.CharField(max_length=20)),
                ('given_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ip', fields.CharField(default='', max_length=45)),
                ('withdrawn_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'consent', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A consent that a person gave: to which version of its text, when and from where; kept when it is withdrawn.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Invitation',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_index=True, db_constraint=True, to_field='id', related_name='invitations', on_delete=OnDelete.RESTRICT)),
                ('by', fields.ForeignKeyField('models.Person', source_field='by_id', db_constraint=True, to_field='id', related_name='invitations_sent', on_delete=OnDelete.RESTRICT)),
                ('sent_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('used_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('accepted_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('withdrawn_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('event_id', fields.BigIntField(null=True)),
            ],
            options={'table': 'invitation', 'app': 'models', 'pk_attr': 'id', 'table_description': "Somebody was invited: their one-time password is derived from the row and the site's secret, and not kept."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='LineChange',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('order', fields.ForeignKeyField('models.Order', source_field='order_id', db_index=True, db_constraint=True, to_field='id', related_name='line_changes', on_delete=OnDelete.RESTRICT)),
                ('author', fields.ForeignKeyField('models.Person', source_field='author_id', db_constraint=True, to_field='id', related_name='line_changes', on_delete=OnDelete.RESTRICT)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('product', fields.ForeignKeyField('models.Product', source_field='product_id', db_constraint=True, to_field='id', related_name='line_changes', on_delete=OnDelete.RESTRICT)),
                ('article', fields.CharField(max_length=80)),
                ('unit', fields.CharField(max_length=10)),
                ('was', fields.IntField(null=True)),
                ('quantity', fields.IntField(null=True)),
                ('price_was', fields.BigIntField(null=True)),
                ('price', fields.BigIntField(null=True)),
                ('reason', fields.CharField(max_length=500)),
            ],
            options={'table': 'order_line_change', 'app': 'models', 'pk_attr': 'id', 'table_description': 'What a manager changed in a placed order and why; the partner sees it. None in `was` or `quantity`: no line.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='OrderWord',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('company', fields.ForeignKeyField('models.Company', source_field='company_id', db_constraint=True, to_field='id', related_name='order_words', on_delete=OnDelete.RESTRICT)),
                ('word', fields.CharField(max_length=20)),
                ('number', fields.IntField()),
            ],
            options={'table': 'order_word', 'app': 'models', 'unique_together': (('company', 'word', 'number'),), 'indexes': [Index(fields=['word', 'number'])], 'pk_attr': 'id', 'table_description': "What an order is found by, see app.orders.words. (The company is the order's: an index is led by it.)"},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='OrderTemplate',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('company', fields.ForeignKeyField('models.Company', source_field='company_id', db_index=True, db_constraint=True, to_field='id', related_name='order_templates', on_delete=OnDelete.RESTRICT)),
                ('author', fields.ForeignKeyField('models.Person', source_field='author_id', db_constraint=True, to_field='id', related_name='order_templates', on_delete=OnDelete.RESTRICT)),
                ('name', fields.CharField(max_length=100)),
                ('key', fields.CharField(unique=True, max_length=64)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'order_template', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A list of products that a company orders again and again («шаблон заказа»); all of its people share it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='OrderTemplateLine',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('template', fields.ForeignKeyField('models.OrderTemplate', source_field='template_id', db_constraint=True, to_field='id', related_name='lines', on_delete=OnDelete.RESTRICT)),
                ('position', fields.IntField()),
                ('product', fields.ForeignKeyField('models.Product', source_field='product_id', db_constraint=True, to_field='id', related_name='template_lines', on_delete=OnDelete.RESTRICT)),
                ('quantity', fields.IntField()),
                ('price', fields.BigIntField()),
            ],
            options={'table': 'order_template_line', 'app': 'models', 'unique_together': (('template', 'product'),), 'pk_attr': 'id', 'table_description': 'A product of a template: how many, and what it cost when it was last put there (kopecks with VAT).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Refill',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='refills', on_delete=OnDelete.RESTRICT)),
                ('key', fields.CharField(max_length=64)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'cart_refill', 'app': 'models', 'unique_together': (('person', 'key'),), 'pk_attr': 'id', 'table_description': "A form that filled a cart with many products at once: `key` is the form's, sent twice it fills once."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='KeptForm',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_index=True, db_constraint=True, to_field='id', related_name='kept_forms', on_delete=OnDelete.RESTRICT)),
                ('door', fields.CharField(max_length=500)),
                ('page', fields.CharField(max_length=1000)),
                ('texts', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'kept_form', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A form that was sent when its session had ended: kept for its sender, who signs in and finds it again.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Unread',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='unread', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharField(max_length=20)),
                ('number', fields.IntField()),
                ('since', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'unread', 'app': 'models', 'unique_together': (('person', 'kind', 'number'),), 'pk_attr': 'id', 'table_description': '`kind` and `number` name the thing (app.history.subjects), `since` is when the first unseen change was made.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Registration',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('state', fields.CharEnumField(default=RegistrationState.NEW, description='NEW: new\nWAITING: waiting\nACCEPTED: accepted\nDECLINED: declined', enum_type=RegistrationState, max_length=10)),
                ('company_name', fields.CharField(max_length=200)),
                ('inn', fields.CharField(db_index=True, max_length=12)),
                ('name', fields.CharField(max_length=150)),
                ('email', fields.CharField(max_length=254)),
                ('email_key', fields.CharField(db_index=True, max_length=254)),
                ('phone', fields.CharField(max_length=20)),
                ('login', fields.CharField(max_length=60)),
                ('password_hash', fields.CharField(max_length=200)),
                ('timezone', fields.CharField(default='Europe/Moscow', max_length=50)),
                ('language', fields.CharField(default='ru', max_length=5)),
                ('manager', fields.ForeignKeyField('models.Person', source_field='manager_id', null=True, db_constraint=True, to_field='id', related_name='chosen_by', on_delete=OnDelete.RESTRICT)),
                ('consent_version', fields.CharField(max_length=20)),
                ('promo_version', fields.CharField(default='', max_length=20)),
                ('ip', fields.CharField(default='', max_length=45)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('key', fields.CharField(unique=True, max_length=64)),
                ('confirmed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('company', fields.ForeignKeyField('models.Company', source_field='company_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='registrations', on_delete=OnDelete.RESTRICT)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', null=True, db_constraint=True, to_field='id', related_name='registrations', on_delete=OnDelete.RESTRICT)),
                ('decided_by', fields.ForeignKeyField('models.Person', source_field='decided_by_id', null=True, db_constraint=True, to_field='id', related_name='registrations_decided', on_delete=OnDelete.RESTRICT)),
                ('decided_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'registration', 'app': 'models', 'pk_attr': 'id', 'table_description': 'What somebody wrote who registers alone. A person (and a company) is made of it when it is accepted.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='OneTimeLink',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('purpose', fields.CharEnumField(description='REGISTRATION: registration\nPASSWORD: password\nEMAIL: email', enum_type=Purpose, max_length=20)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='one_time_links', on_delete=OnDelete.RESTRICT)),
                ('registration', fields.ForeignKeyField('models.Registration', source_field='registration_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='one_time_links', on_delete=OnDelete.RESTRICT)),
                ('email', fields.CharField(default='', max_length=254)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('used_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'one_time_link', 'app': 'models', 'pk_attr': 'id', 'table_description': "A link in a letter that works once. It carries the row's signed id; `used_at` decides a race."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Ticket',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('number', fields.IntField(unique=True)),
                ('company', fields.ForeignKeyField('models.Company', source_field='company_id', db_constraint=True, to_field='id', related_name='tickets', on_delete=OnDelete.RESTRICT)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='tickets', on_delete=OnDelete.RESTRICT)),
                ('manager', fields.ForeignKeyField('models.Person', source_field='manager_id', null=True, db_constraint=True, to_field='id', related_name='managed_tickets', on_delete=OnDelete.RESTRICT)),
                ('topic', fields.CharEnumField(description='QUESTION: question\nCOMPLAINT: complaint\nDOCUMENT: document\nSUGGESTION: suggestion', enum_type=Topic, max_length=20)),
                ('subject', fields.CharField(max_length=200)),
                ('state', fields.CharEnumField(default=TicketState.OPEN, description='OPEN: open\nANSWERED: answered\nCLOSED: closed', enum_type=TicketState, max_length=10)),
                ('key', fields.CharField(max_length=64)),
                ('search', fields.TextField(default='', unique=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('taken_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('closed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'ticket', 'app': 'models', 'unique_together': (('person', 'key'),), 'indexes': [Index(fields=['company_id', 'number']), Index(fields=['manager_id', 'state'])], 'pk_attr': 'id', 'table_description': '«Тикет № 157». Its talk is a thread; `manager` None: with support, whoever answers first takes it.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Company',
            name='actual_address',
            field=fields.CharField(default='', db_default='', max_length=300),
        ),
        ops.AddField(
            model_name='Company',
            name='bank',
            field=fields.CharField(default='', db_default='', max_length=200),
        ),
        ops.AddField(
            model_name='Company',
            name='bank_account',
            field=fields.CharField(default='', db_default='', max_length=20),
        ),
        ops.AddField(
            model_name='Company',
            name='bik',
            field=fields.CharField(default='', db_default='', max_length=9),
        ),
        ops.AddField(
            model_name='Company',
            name='ogrn',
            field=fields.CharField(default='', db_default='', max_length=15),
        ),
        ops.AddField(
            model_name='Email',
            name='secret',
            field=fields.CharField(default='', db_default='', max_length=400),
        ),
        ops.AddField(
            model_name='HistoryEntry',
            name='affair',
            field=fields.ForeignKeyField('models.Company', source_field='affair_id', null=True, db_constraint=True, to_field='id', related_name='affairs', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='HistoryEntry',
            name='subject',
            field=fields.CharField(default='', db_default='', max_length=40),
        ),
        ops.AddIndex(
            model_name='HistoryEntry',
            index=Index(fields=['affair_id', 'id']),
        ),
        ops.AddIndex(
            model_name='HistoryEntry',
            index=Index(fields=['affair_id', 'action', 'id']),
        ),
        ops.AddIndex(
            model_name='HistoryEntry',
            index=Index(fields=['affair_id', 'actor_id', 'id']),
        ),
        ops.AddIndex(
            model_name='HistoryEntry',
            index=Index(fields=['affair_id', 'actor_id', 'action', 'id']),
        ),
        ops.AddIndex(
            model_name='HistoryEntry',
            index=Index(fields=['actor_id', 'id']),
        ),
        ops.AddIndex(
            model_name='HistoryEntry',
            index=Index(fields=['actor_id', 'action', 'id']),
        ),
        ops.AddIndex(
            model_name='HistoryEntry',
            index=Index(fields=['action', 'id']),
        ),
        ops.AddIndex(
            model_name='HistoryEntry',
            index=Index(fields=['subject', 'id']),
        ),
        ops.AddIndex(
            model_name='HistoryEntry',
            index=Index(fields=['at', 'id']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['company_id', 'number']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['company_id', 'status', 'number']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['company_id', 'person_id', 'status', 'number']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['company_id', 'person_id', 'number']),
        ),
        ops.AddIndex(
            model_name='OrderLine',
            index=Index(fields=['product_id', 'order_id']),
        ),
        ops.AddField(
            model_name='Person',
            name='login_look',
            field=fields.CharField(null=True, unique=True, max_length=60),
        ),
        ops.AddField(
            model_name='Person',
            name='mark_up',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='Person',
            name='must_choose_password',
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(
            model_name='Person',
            name='wants_comments',
            field=fields.BooleanField(default=True, db_default=True),
        ),
        ops.AddField(
            model_name='Person',
            name='wants_presentations',
            field=fields.BooleanField(default=True, db_default=True),
        ),
        ops.AddField(
            model_name='Person',
            name='wants_statuses',
            field=fields.BooleanField(default=True, db_default=True),
        ),
        ops.AddField(
            model_name='Thread',
            name='by_partner',
            field=fields.IntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name='Thread',
            name='by_staff',
            field=fields.IntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name='Thread',
            name='ticket',
            field=fields.OneToOneField('models.Ticket', source_field='ticket_id', null=True, db_constraint=True, to_field='id', related_name='thread', on_delete=OnDelete.RESTRICT),
        ),
        # What was said before is counted by side; new to a person are the offers that they have not opened.
        ops.RunSQL([
            """UPDATE thread SET
                by_staff = COALESCE((SELECT MAX(c.number) FROM comment c JOIN person p ON p.id = c.author_id
                    WHERE c.thread_id = thread.id AND NOT c.internal AND p.company_id IS NULL), 0),
                by_partner = COALESCE((SELECT MAX(c.number) FROM comment c JOIN person p ON p.id = c.author_id
                    WHERE c.thread_id = thread.id AND p.company_id IS NOT NULL), 0)""",
            """INSERT INTO unread (person_id, kind, number, since)
                SELECT p.id, 'presentation', o.number, v.sent_at FROM presentation o
                JOIN presentation_version v ON v.presentation_id = o.id
                JOIN person p ON p.company_id = o.company_id
                WHERE v.sent_at IS NOT NULL AND v.replaced_at IS NULL AND NOT EXISTS (
                    SELECT 1 FROM presentation_opening s WHERE s.version_id = v.id AND s.person_id = p.id)""",
            """UPDATE history_entry SET
                affair_id = (SELECT e.company_id FROM event e WHERE e.id = history_entry.event_id),
                subject = COALESCE('order:' || (data ->> 'order'), 'presentation:' || (data ->> 'presentation'), '')""",
        ]),
        ops.RunPython(fill_looks),
        # Orders from before are found as new ones are.
        ops.RunPython(lambda apps, editor: index_all()),
    ]
