from typing import Annotated

from pydantic import BaseModel, Field

Answer = Annotated[int, Field(ge=1, le=5)]


class PulseDraft(BaseModel):
    """An answer to each of the six: 1 is no, 5 is yes."""

    q1: Answer
    q2: Answer
    q3: Answer
    q4: Answer
    q5: Answer
    q6: Answer

    @property
    def answers(self) -> tuple[int, ...]:
        return (self.q1, self.q2, self.q3, self.q4, self.q5, self.q6)
