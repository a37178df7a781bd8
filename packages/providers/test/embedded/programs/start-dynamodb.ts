// A run of its own that starts a DynamoDB, writes what it was told and the tables it finds, and takes it down.
import { engineNamed } from "@rehearse/services";
import { Scratch } from "../scratch.ts";

await using scratch = await Scratch.make();
await using server = await scratch.start(engineNamed("dynamodb"), { name: "identities" });
for (const text of [...scratch.told, JSON.stringify(await server.session.states())]) process.stdout.write(`${text}\n`);
