// Serves the shop in FILE (kept when it is asked to end) and prints READY and the address.
//   node serve.js FILE [PORT]      PORT 0 or none: a free one
const { renameSync, writeFileSync } = require('node:fs');
const { bootstrap, TransactionalConnection } = require('@vendure/core');
const { config } = require('./config');

async function main([file, port = '0']) {
    const app = await bootstrap(config({ port: Number(port), file, synchronize: false }));
    // At one go: the framework ends the process by itself on the same signals.
    const end = () => {
        writeFileSync(`${file}.new`, app.get(TransactionalConnection).rawConnection.driver.export());
        renameSync(`${file}.new`, file);
        process.exit(0);
    };
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
    console.log(`READY http://127.0.0.1:${app.getHttpServer().address().port}`);
}

main(process.argv.slice(2)).catch(error => {
    console.error(error);
    process.exit(1);
});
