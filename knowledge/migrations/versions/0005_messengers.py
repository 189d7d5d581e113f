"""People of messengers, what they sent, and what goes out to them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "messenger_people",
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("last_message", sa.String(64), nullable=False),
        sa.Column("last_at", sa.String(32), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "person", name="pk_messenger_people"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_messenger_people_conversation_id_conversations",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_messenger_people_conversation_id", "messenger_people", ["conversation_id"])
    op.create_table(
        "messenger_updates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("put_at", sa.String(32), nullable=False),
        sa.Column("due", sa.String(32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("claim", sa.String(36), nullable=False),
        sa.Column("claimed_until", sa.String(32), nullable=True),
        sa.Column("begun_in", sa.String(36), nullable=False),
        sa.Column("turn", sa.String(36), nullable=False),
        sa.Column("form_before", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messenger_updates"),
        sa.UniqueConstraint("channel", "key", name="uq_messenger_updates_channel"),
    )
    op.create_index("ix_messenger_updates_state", "messenger_updates", ["state", "due", "id"])
    op.create_index("ix_messenger_updates_person", "messenger_updates", ["person", "channel", "state"])
    op.create_index("ix_messenger_updates_put_at", "messenger_updates", ["put_at"])
    op.create_table(
        "messenger_outgoing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("claim", sa.String(36), nullable=False),
        sa.Column("claimed_until", sa.String(32), nullable=True),
        sa.Column("not_before", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messenger_outgoing"),
    )
    op.create_index("ix_messenger_outgoing_state", "messenger_outgoing", ["state", "channel", "not_before"])
    op.create_index("ix_messenger_outgoing_person", "messenger_outgoing", ["person", "channel", "state"])
    op.create_index("ix_messenger_outgoing_at", "messenger_outgoing", ["at"])


def downgrade() -> None:
    for table in ("messenger_outgoing", "messenger_updates", "messenger_people"):
        op.drop_table(table)
