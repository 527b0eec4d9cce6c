// Does with the original what timer.c does with a library: `node timer.js ZXCVBN.JS`.
const zxcvbn = require(process.argv[2]);

let rest = Buffer.alloc(0);
process.stdin.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    for (let end; (end = rest.indexOf(10)) >= 0; rest = rest.subarray(end + 1)) {
        const password = rest.subarray(0, end).toString();
        const start = process.hrtime.bigint();
        const result = zxcvbn(password);
        const took = process.hrtime.bigint() - start;
        process.stdout.write(`${took} ${result.score} ${result.guesses_log10}\n`);
    }
});
