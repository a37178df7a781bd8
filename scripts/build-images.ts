// npm run images: builds the images that the tests of the Docker provider run. None is pulled: they are made of this repository's packages,
// Maven's and this Debian machine's own files. An image that was built of the same inputs stays.
import { buildImage, inputsOf, removeReplaced } from "./images/docker.ts";
import { inputsDigest } from "./images/inputs-digest.ts";
import { testImages } from "./images/test-images.ts";

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const started = performance.now();
const images = await testImages();
let below = "";
for (const image of images) {
  const start = performance.now();
  const digest = inputsDigest(image, below);
  if (image.name === "base") below = digest;
  const current = (await inputsOf(image)) === digest;
  if (!current) await buildImage(image, digest);
  console.log(`rehearse/${image.name}:test ${current ? "is up to date" : `built in ${seconds(start)}`}`);
}
await removeReplaced();
console.log(`${images.length} images in ${seconds(started)}`);
