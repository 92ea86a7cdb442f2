//! Pages as handlers answer them.
