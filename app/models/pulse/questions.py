"""Six questions about how a team works with its customers, after *Customer Experience Management* (2018)."""

from app.i18n import N_

QUESTIONS = (
    N_("We praten in ons team vaak over de klant."),
    N_("Ik heb de ruimte om een klant zelf te helpen."),
    N_("Collega's met en zonder klantcontact helpen elkaar."),
    N_("We hebben samen afgesproken wat we belangrijk vinden."),
    N_("We doen wat we klanten beloven."),
    N_("We vieren wat lukt."),
)
ANSWERS = (N_("Nee"), N_("Meestal niet"), N_("Soms"), N_("Meestal wel"), N_("Ja"))
