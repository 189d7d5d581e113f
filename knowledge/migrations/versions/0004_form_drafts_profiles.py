"""Forms that are being filled in, and what citizens want kept for the next."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form_drafts",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("link_hash", sa.String(64), nullable=True),
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        sa.Column("ends_at", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_form_drafts"),
        sa.UniqueConstraint("link_hash", name="uq_form_drafts_link_hash"),
    )
    op.create_index("ix_form_drafts_conversation_id", "form_drafts", ["conversation_id"])
    op.create_index("ix_form_drafts_updated_at", "form_drafts", ["updated_at"])
    op.create_index("ix_form_drafts_ends_at", "form_drafts", ["ends_at"])
    op.create_table(
        "profiles",
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_profiles"),
    )
    op.create_index("ix_profiles_updated_at", "profiles", ["updated_at"])


def downgrade() -> None:
    for table in ("profiles", "form_drafts"):
        op.drop_table(table)
