// A provider of sign-in on this machine: `node serve.mjs <port> <file>`. Whoever is sent to it is let in at once, as the
// person whose claims stand in the file at that moment.
import { readFileSync } from "node:fs";
import { OAuth2Server } from "oauth2-mock-server";

const [port, claims] = process.argv.slice(2);
const server = new OAuth2Server();
await server.issuer.keys.generate("RS256");
server.service.on("beforeTokenSigning", (token) => {
  Object.assign(token.payload, JSON.parse(readFileSync(claims, "utf8")));
});
await server.start(Number(port), "127.0.0.1");
