"""A team's pulse, without anybody's answers: how often each answer was given, and apart from it who gave any."""

from sqlmodel import Field, SQLModel


class PulseCount(SQLModel, table=True):
    """No row a person and no moment: who answered when can't be read back."""

    __tablename__ = "pulse_count"

    team_id: str = Field(foreign_key="team.id", primary_key=True, max_length=36, ondelete="CASCADE")
    period: str = Field(primary_key=True, max_length=7, description="A quarter, such as 2026-K4.")
    question: int = Field(primary_key=True)
    answer: int = Field(primary_key=True)
    count: int = 0


class PulseTaken(SQLModel, table=True):
    """That somebody answered, so that everybody is asked once."""

    __tablename__ = "pulse_taken"

    team_id: str = Field(foreign_key="team.id", primary_key=True, max_length=36, ondelete="CASCADE")
    period: str = Field(primary_key=True, max_length=7)
    user_id: str = Field(foreign_key="users.id", primary_key=True, max_length=36)
