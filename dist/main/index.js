process.stdout.write(`Rehearse: reading the workflow step
`);const{mainStep:e}=await import(`../parts/main-step-C36RclQn.js`);process.exitCode=await e();export{};