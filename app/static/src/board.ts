import "./elements/board-moves";
import "./elements/card-list";
