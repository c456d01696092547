"""The staff edge in the CMS: walls between hubs, choosers, lists of the whole site."""
