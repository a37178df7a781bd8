process.stdout.write(`Rehearse: reading the workflow step
`);const{mainStep:e}=await import(`../parts/main-step-Uy78xhUK.js`);process.exitCode=await e();export{};