// A real OpenID provider on this machine, for one journey: `node oidc.mjs PORT ADDRESS-OF-THE-APP`. Any password does.
import { Provider } from "oidc-provider";

const [port, app] = process.argv.slice(2);
const groups = { fatima: ["balie"], hans: ["ict"] };

const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    {
      client_id: "klantsafari",
      client_secret: "a secret of tests only",
      redirect_uris: [`${app}/session/sso/answer`],
    },
  ],
  claims: { openid: ["sub"], profile: ["name", "groups"], email: ["email", "email_verified"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["of tests only"] },
  features: { devInteractions: { enabled: true } },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      name: `${id[0].toUpperCase()}${id.slice(1)} van Buiten`,
      email: `${id}@buiten.example`,
      email_verified: true,
      groups: groups[id] ?? [],
    }),
  }),
  // As an organisation does for its own: nobody is asked whether Klantsafari may know who they are.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid profile email");
    await grant.save();
    return grant;
  },
});

provider.listen(Number(port), "localhost", () => console.log("listening"));
