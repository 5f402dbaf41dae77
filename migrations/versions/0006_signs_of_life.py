"""runs say by which process they are at work and when they were last alive, and may end with problems or by death"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BEFORE = "status IN ('running', 'finished', 'failed', 'interrupted')"
SINCE = "status IN ('running', 'finished', 'finished with problems', 'failed', 'interrupted', 'died')"


def upgrade() -> None:
    with op.batch_alter_table("runs") as batch_op:
        batch_op.add_column(sa.Column("host", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("process", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("alive_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(op.f("ck_runs_status"), type_="check")
        batch_op.create_check_constraint(op.f("ck_runs_status"), SINCE)


def downgrade() -> None:
    with op.batch_alter_table("runs") as batch_op:
        batch_op.drop_constraint(op.f("ck_runs_status"), type_="check")
    op.execute("UPDATE runs SET status = 'finished' WHERE status = 'finished with problems'")
    op.execute("UPDATE runs SET status = 'failed' WHERE status = 'died'")
    with op.batch_alter_table("runs") as batch_op:
        batch_op.create_check_constraint(op.f("ck_runs_status"), BEFORE)
        batch_op.drop_column("alive_at")
        batch_op.drop_column("process")
        batch_op.drop_column("host")
