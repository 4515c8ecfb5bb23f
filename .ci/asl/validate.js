"use strict";
// Validates every machine in the folder given, as it is deployed: with an ARN in the place of each ${…FunctionArn}.

const fs = require("fs");
const path = require("path");
const validate = require("asl-validator");

const OPTIONS = { checkPaths: true, checkArn: true };
const SAMPLE = "arn:aws:lambda:eu-central-1:123456789012:function:";

function substituted(text) {
  return JSON.parse(text.replace(/\$\{([A-Za-z0-9]+)\}/g, (whole, name) => SAMPLE + name));
}

function problems(machine) {
  const result = validate(machine, OPTIONS);
  return result.isValid ? [] : result.errors.map((error) => `${error["Error code"]}: ${error.Message}`);
}

/** The same machine, with one transition into the void: what accepts it, checks nothing. */
function spoiled(machine) {
  const copy = JSON.parse(JSON.stringify(machine));
  const state = Object.values(copy.States).find((one) => typeof one.Next === "string");
  state.Next = "Nowhere";
  return copy;
}

const folder = process.argv[2];
const files = fs.readdirSync(folder).filter((name) => name.endsWith(".asl.json")).sort();
let failed = files.length === 0;
if (failed) {
  console.error(`there is no machine in ${folder}`);
}
for (const name of files) {
  const machine = substituted(fs.readFileSync(path.join(folder, name), "utf8"));
  const found = problems(machine);
  found.forEach((problem) => console.error(`${name}: ${problem}`));
  if (problems(spoiled(machine)).length === 0) {
    found.push("teeth");
    console.error(`${name}: the validator does not notice a transition to a state that is not there`);
  }
  console.log(`${name}: ${found.length === 0 ? "valid" : "REFUSED"}`);
  failed = failed || found.length > 0;
}
process.exit(failed ? 1 : 0);
