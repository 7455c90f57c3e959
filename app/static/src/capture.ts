import "./elements/sheets";
import "./elements/capture-net";
import "./elements/capture-media";
import "./elements/capture-names";
import "./elements/capture-form";
import "./elements/capture-unsent";
