"""Articles: post bodies parsed to documents, laid out, exported; pure, without any screen."""
