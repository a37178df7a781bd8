// Appends the time to the file named first, ten times in a second. With "stubborn" it does not end when asked to.
import { appendFileSync } from "node:fs";

const [file = "", manner] = process.argv.slice(2);
if (manner === "stubborn") process.on("SIGTERM", () => undefined);
const beat = () => appendFileSync(file, `${Date.now()}\n`);
beat();
setInterval(beat, 100);
