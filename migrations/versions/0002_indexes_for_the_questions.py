"""indexes for the questions"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_articles_published_on"), ["published_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_articles_publisher_id_published_on"),
            ["publisher_id", "published_on"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_articles_story_id"), ["story_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_text_sha256"), ["text_sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_url_is_latest"), ["url", "is_latest"], unique=False)

    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claims_claim_group_id"), ["claim_group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claims_reported_by_id"), ["reported_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_claims_speaker_id_said_from_on"), ["speaker_id", "said_from_on"], unique=False
        )

    with op.batch_alter_table("entities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entities_name"), ["name"], unique=False)

    with op.batch_alter_table("entity_names", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entity_names_name"), ["name"], unique=False)

    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mentions_entity_id_article_id"), ["entity_id", "article_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentions_entity_id_article_id"))

    with op.batch_alter_table("entity_names", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entity_names_name"))

    with op.batch_alter_table("entities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entities_name"))

    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claims_speaker_id_said_from_on"))
        batch_op.drop_index(batch_op.f("ix_claims_reported_by_id"))
        batch_op.drop_index(batch_op.f("ix_claims_claim_group_id"))

    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_articles_url_is_latest"))
        batch_op.drop_index(batch_op.f("ix_articles_text_sha256"))
        batch_op.drop_index(batch_op.f("ix_articles_story_id"))
        batch_op.drop_index(batch_op.f("ix_articles_publisher_id_published_on"))
        batch_op.drop_index(batch_op.f("ix_articles_published_on"))
