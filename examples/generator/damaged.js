// NDJSON in which about every other line is broken, each in its own way. The lines are taken from good ones.

const cutOff = (line) => line.slice(0, Math.floor(line.length * 0.6));
const without = (line, member) => JSON.stringify({ ...JSON.parse(line), [member]: undefined });
const withMember = (line, member, value) => JSON.stringify({ ...JSON.parse(line), [member]: value });
const secondPath = (line) => line.replace('"path":[', '"path":["documents"],"path":[');
const pathAsText = (line) => line.replace(/"path":\[[^\]]*\]/, '"path":"borrowers[0].income"');

// Takes lines of FAILED documents, at least 13.
export function damagedLines(good) {
  return [
    good[0],
    cutOff(good[1]),
    good[2],
    '<html><head><title>502 Bad Gateway</title></head></html>',
    good[3],
    without(good[4], 'status'),
    withMember(good[5], 'errors', 'see attachment'),
    good[6],
    secondPath(good[7]),
    pathAsText(good[8]),
    JSON.stringify({ status: 404, message: 'Record not found' }),
    good[9],
    good[10].replaceAll('"', "'"),
    good[11] + good[12],
  ];
}
