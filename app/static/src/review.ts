import "./arriving";
import "./elements/tag-review";
