from sqlmodel import Field, SQLModel

from app.models.record import Record


class Team(Record, table=True):
    """People who own actions. It lives at a location, and its members may work elsewhere."""

    name: str = Field(max_length=120)
    location_id: str = Field(foreign_key="location.id", index=True, max_length=36)


class TeamMember(SQLModel, table=True):
    __tablename__ = "team_member"

    team_id: str = Field(foreign_key="team.id", primary_key=True, max_length=36)
    user_id: str = Field(foreign_key="users.id", primary_key=True, max_length=36)
