import type { FileToCopy, FileToSave, FileWritten } from "./messages.js";

export function write(job: FileToSave | FileToCopy): FileWritten;
