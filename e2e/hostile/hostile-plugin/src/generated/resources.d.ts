// Written by `dvp build`: files of these kinds can be imported as text.

declare module "*.sh" {
  const text: string
  export default text
}

declare module "*.bash" {
  const text: string
  export default text
}

declare module "*.exp" {
  const text: string
  export default text
}

declare module "*.tcl" {
  const text: string
  export default text
}

declare module "*.ps1" {
  const text: string
  export default text
}

declare module "*.sql" {
  const text: string
  export default text
}

declare module "*.txt" {
  const text: string
  export default text
}

declare module "*.conf" {
  const text: string
  export default text
}

declare module "*.cnf" {
  const text: string
  export default text
}

declare module "*.template" {
  const text: string
  export default text
}
