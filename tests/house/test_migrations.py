from alembic import command

from app.migrating import configuration


def test_the_migrations_make_exactly_the_tables_that_the_code_expects(stage):
    command.check(configuration())


def test_going_back_and_forth_leaves_the_same_database(empty_stage):
    command.downgrade(configuration(), "base")
    command.upgrade(configuration(), "head")
    command.check(configuration())
