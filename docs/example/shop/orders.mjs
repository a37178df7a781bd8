// node orders.mjs: prints COUNT orders, always the same, a JSON object a line.
const countries = ["GB", "US", "FR", "FR"];
for (let id = 1; id <= Number(process.env.COUNT); id += 1) {
  const customer = (id % 4) + 1;
  const net = `${id * 7}.${String((id * 37) % 100).padStart(2, "0")}`;
  const order = { id, customer, country: countries[customer - 1], net, tags: ["web", `day-${id % 7}`] };
  process.stdout.write(`${JSON.stringify(order)}\n`);
}
