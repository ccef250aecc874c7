import { faultSuite } from "../../helpers/fault-suite.js";

faultSuite("biggan-deep-mini");
