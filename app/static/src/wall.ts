import "./elements/board-moves";
import "./elements/full-screen";
import "./elements/live-board";
import "./elements/wall-walk";
