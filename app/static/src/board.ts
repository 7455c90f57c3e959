import "./elements/board-moves";
import "./elements/card-list";
import "./elements/live-board";
import "./elements/print-page";
