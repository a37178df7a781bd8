for (const name of Object.keys(process.env).sort()) process.stdout.write(`${name}=${process.env[name]}\n`);
