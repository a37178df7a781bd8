process.stdout.write(`Rehearse: reading the workflow step
`);const{mainStep:e}=await import(`../parts/main-step-Lm4bQ_gj.js`);process.exitCode=await e();export{};