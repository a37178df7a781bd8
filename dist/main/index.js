process.stdout.write(`Rehearse: reading the workflow step
`);const{mainStep:e}=await import(`../parts/main-step-BI86oVfC.js`);process.exitCode=await e();export{};