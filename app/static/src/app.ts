import "htmx.org";
import "./elements/auto-submit";
import "./elements/copy-link";
import "./elements/number-stepper";
import "./elements/sheets";
import "./elements/trouble";
