process.stdout.write(`Rehearse: reading the workflow step
`);const{mainStep:e}=await import(`../parts/main-step-CdND9vLw.js`);process.exitCode=await e();export{};