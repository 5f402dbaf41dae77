"""what a table tells of its pages"""

import sqlalchemy as sa
from alembic import op

from etl.errors import SchemaError

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("declared", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Only without pages that a table tells of: what it tells is a part of their keys."""
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM pages WHERE declared IS NOT NULL")):
        raise SchemaError(
            "the database holds pages with what tables tell of them, which older versions can't:"
            " load the archive anew with the older one, `newsledger load ... --db NEW`"
        )
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.drop_column("declared")
