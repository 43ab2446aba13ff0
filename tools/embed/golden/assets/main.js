import { a } from "/assets/part.mjs";
const css = `/assets/long.css`; // "??=" é
