import { startDeciding } from "./offline/deciding";
import { arrive } from "./offline/session";

/** Every page of somebody who is signed in sends what they have waiting, not only the screens in the field. */
const { user, name = "", language = "nl", arrived } = document.body.dataset;
if (user && arrived === undefined) {
  document.body.dataset.arrived = "";
  // A phone that keeps nothing says so where something is to be kept.
  void arrive({ id: user, name, language })
    .then(() => startDeciding(user))
    .catch(() => undefined);
}
