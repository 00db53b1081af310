export { defineSubject } from "./define-subject.ts";
export type { ConfigValue, Subject, SubjectContract, SubjectEnvironment, SubjectInstance } from "./define-subject.ts";
