"""which rule gave a claim its speaker"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Plain statements: SQLite adds and drops a column with its checks in place, a batch copies the table.
    double = sa.Double().compile(op.get_bind().dialect)
    op.execute("ALTER TABLE claims ADD COLUMN speaker_from TEXT")
    op.execute(
        f"ALTER TABLE claims ADD COLUMN speaker_confidence {double}"
        " CONSTRAINT ck_claims_speaker_confidence CHECK (speaker_confidence BETWEEN 0 AND 1)"
        " CONSTRAINT ck_claims_speaker_rule CHECK ((speaker_from IS NULL) = (speaker_confidence IS NULL))"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE claims DROP COLUMN speaker_confidence")
    op.execute("ALTER TABLE claims DROP COLUMN speaker_from")
