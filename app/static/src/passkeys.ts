import "./elements/passkey-form";
import "./elements/passkey-offer";
