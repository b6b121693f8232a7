"""Terra-CoT: labelled scenes (generated and real) and the questions, masks and traces made from them."""
