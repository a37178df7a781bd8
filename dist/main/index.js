process.stdout.write(`Rehearse: reading the workflow step
`);const{mainStep:e}=await import(`../parts/main-step-o0k7ZyNg.js`);process.exitCode=await e();export{};