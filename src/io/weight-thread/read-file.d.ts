export function closeFiles(): void;
