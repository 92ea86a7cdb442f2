mod build;
mod hostile;
mod parsers;
mod reading;
