import "./elements/sheets";
