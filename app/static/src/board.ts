import "./elements/board-moves";
import "./elements/card-list";
import "./elements/print-page";
