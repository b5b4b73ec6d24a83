import { checkNode, generate } from "./prepare.mjs";

checkNode();
await generate();
